-- What the web system's users ask their database, word for word, one a paragraph. The words are theirs: what changes is the
-- database that answers.

SELECT model_name, cost_per_1k_input, cost_per_1k_output, credits_per_image FROM igny8_billing_aimodelconfig WHERE is_active = true;

SELECT function_name, COUNT(*) as count, SUM(cost) as total_cost FROM igny8_ai_task_logs WHERE function_name = 'generate_images' GROUP BY function_name;

SELECT operation_type, COUNT(*) as count, SUM(credits_used) as total_credits, SUM(cost_usd) as total_cost FROM igny8_billing_creditusagelog WHERE operation_type = 'image_generation' GROUP BY operation_type;

SELECT notification_type, COUNT(*) as count FROM igny8_notifications_notification WHERE notification_type IN ('ai_image_success', 'ai_image_failed') GROUP BY notification_type;

SELECT operation_type, COUNT(*) as transactions, SUM(amount) as total_credits FROM igny8_billing_credittransaction WHERE transaction_type = 'deduction' GROUP BY operation_type ORDER BY total_credits DESC;
