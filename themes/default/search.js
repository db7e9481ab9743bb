xingjiIndex({
pinyin: {{letters.pinyin}},
tracks: [{{#tracks}}[{{track_code}},{{track_name}}]{{^-last}},{{/-last}}{{/tracks}}],
levels: [{{#levels}}[{{sign}},{{slug}},{{track_code}},{{label}},{{name}},{{stars}}]{{^-last}},{{/-last}}{{/levels}}],
cities: [{{#cities}}[{{sign}},{{city_code}},{{city}}]{{^-last}},{{/-last}}{{/cities}}],
industries: [{{#industries}}[{{sign}},{{industry_code}},{{industry}}]{{^-last}},{{/-last}}{{/industries}}],
movements: [{{#movements}}["{{sign}}",{{code}},{{movement}}]{{^-last}},{{/-last}}{{/movements}}],
{{#rows}}
names: {{names}},
slugs: {{slugs}},
ofCity: {{cities}},
ofIndustry: {{industries}},
ofLevel: {{levels}},
ofMovement: {{movements}}
{{/rows}}
});
