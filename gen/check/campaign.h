/* SPDX-License-Identifier: MIT
 *
 * campaign.xml → struct campaign: stages, publication, regions, tracks and rules.
 */
#ifndef XINGJI_CHECK_CAMPAIGN_H
#define XINGJI_CHECK_CAMPAIGN_H

#include "check/check.h"

/*
 * Reads campaign.xml of the folder into check->model->campaign and the catalogues of its
 * tracks into model->catalogues; year is what the folder is called.  Everything
 * wrong is added to the problems.  Returns false when there is no readable campaign.
 */
bool campaign_read(struct check *check, int64_t year);

#endif
