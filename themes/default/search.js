xingjiIndex({
form: 2,
readings: {{letters.readings}},
forms: {{letters.forms}},
tracks: [{{#tracks}}[{{track_code}},{{track_name}},{{track}}]{{^-last}},{{/-last}}{{/tracks}}],
levels: [{{#levels}}[{{sign}},{{slug}},{{track_code}},{{label}},{{name}},{{stars}},{{track}}]{{^-last}},{{/-last}}{{/levels}}],
cities: [{{#cities}}[{{sign}},{{city_code}},{{city}}]{{^-last}},{{/-last}}{{/cities}}],
industries: [{{#industries}}[{{sign}},{{industry_code}},{{industry}}]{{^-last}},{{/-last}}{{/industries}}],
movements: [{{#movements}}["{{sign}}",{{code}},{{movement}}]{{^-last}},{{/-last}}{{/movements}}],
{{#rows}}
names: {{names}},
slugs: {{slugs}},{{#codes}}
codes: {{codes}},{{/codes}}
ofCity: {{cities}},
ofIndustry: {{industries}},
ofLevel: {{levels}},
ofMovement: {{movements}}
{{/rows}}
});
