-- name: campaign
select year, title, publisher, contact from campaign
