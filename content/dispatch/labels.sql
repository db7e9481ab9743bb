-- name: campaign
select publisher from campaign
