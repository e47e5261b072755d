-- The export now says under which root quotes of a contract are looked up, and the root of BRK.B is known for its own: whoever
-- keeps a copy reads the executions with other than standard roots again. Under the merge lock, as every number of change.
select pg_advisory_xact_lock(hashtextextended('trade_sync.merge', 0));
update execution set change_seq = nextval('change_seq') where root_kind <> 'plain';
