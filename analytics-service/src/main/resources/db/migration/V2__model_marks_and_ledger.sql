-- A benchmark says where its market was taken from, also where a model mark stands in: reason is why no quote could be
-- defended, model_reason why no model mark stood in.
alter table execution_benchmark rename column quote_at to market_at;
alter table execution_benchmark add column model_reason text;
alter table execution_benchmark add column underlying_price double precision;
alter table execution_benchmark add column traded_iv double precision;
comment on column execution_benchmark.traded_iv is 'implied by the price paid, a fraction';

-- A run is in the ledger from its start; one that was killed is found there by the next.
alter table pipeline_run alter column finished_at drop not null;

-- When the projection was last seen to hold everything that execution sync has.
alter table projection_state add column caught_up_at timestamptz;
