-- name: campaign
select *, cn_date(generated) as day from campaign
