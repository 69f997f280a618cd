SELECT status, count(*) AS messages, CAST(count(*) AS double) / sum(count(*)) OVER () AS share
FROM messages
WHERE true
GROUP BY status
ORDER BY messages DESC, status
