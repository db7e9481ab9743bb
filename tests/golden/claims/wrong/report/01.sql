-- name: words
select -- 最高 in a comment
  '{{last.names}}居首' as said, 'it''s 均' as "最低", '无' as unsaid

-- name: nothing
-- claims: free 只说没有登记
select '没有登记' as word

-- name: reasonless
-- claims: free
select '没有' as word

-- name: late_reason
select '首次' as word
-- claims: free 太晚
