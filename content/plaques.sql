-- name: campaign
select title, publisher from campaign
