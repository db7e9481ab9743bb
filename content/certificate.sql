-- name: campaign
select title, publisher, province from campaign

-- name: stars
select {{certificate.level}}, {{certificate.level}}, '★'
