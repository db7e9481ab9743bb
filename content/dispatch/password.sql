-- name: campaign
select title, publisher, contact from campaign
