/* SPDX-License-Identifier: MIT
 *
 * The style sheet of the preview's bar and of its own pages: colours are those of the theme (site.css), with
 * plain ones where there is no theme to be had.
 */
#ifndef XINGJI_COMMANDS_PANEL_STYLE_H
#define XINGJI_COMMANDS_PANEL_STYLE_H

extern const char panel_style_bar[];   /* on every page */
extern const char panel_style_pages[]; /* of its own pages */

#endif
