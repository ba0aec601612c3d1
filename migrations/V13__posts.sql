-- Every charge asks what the wallet was given since its month began. Grants and lapses are few among the transfers.
create index transfer_posts on transfer(debit_id, credit_id, amount) where kind = 'post';
