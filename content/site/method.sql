-- 加权符合率的各级下限
-- name: shares
-- for: tracks
select label, percent(share) as share from track_shares where track_code = {{track_code}} order by level
