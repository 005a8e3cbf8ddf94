/** The SQLSTATE of what is refused because the store is not as it was remembered. */
export const CHANGED = "FM001";

/**
 * What a batch asks of the store, as functions that the store has: a batch is two calls, however many tables it touches, and
 * one if what it needs is remembered. Rows go in and come out as JSON, a document for each table, with amounts as text. A
 * plan that reads a whole table looks good while the table is empty, and is kept: so none is made. They are part of a step
 * that runs once: a later form is another step, and so their columns are written out and not those of `rows.ts`, which
 * follow the code.
 */
export const PROCEDURES: readonly string[] = [
  // Each statement of a function sees what was committed when it begins: what is read after the lock is what the lock protects.
  `
  create function take_books(users text[], of_users text[], of_keys text[], of_models bigint[], ids text[])
  returns json language plpgsql set enable_seqscan = off as $$
  declare
    locked int;
  begin
    -- In one order, so that no two gateways wait for each other.
    perform 1 from accounts where user_address = any(users) order by user_address for update;
    get diagnostics locked = row_count;
    if locked < cardinality(users) then
      -- Who is new gets a row first, because without one there is nothing to lock.
      insert into accounts (user_address, available, block, checked_at)
        select u, 0, -1, to_timestamp(0) from unnest(users) as u order by u on conflict do nothing;
      perform 1 from accounts where user_address = any(users) order by user_address for update;
    end if;
    return json_build_object(
      'accounts', (select json_agg(one) from (
        select user_address, version, available::text, block::text, (extract(epoch from checked_at) * 1000)::bigint::text as checked_at,
          unsettled::text, reserved::text
        from accounts where user_address = any(users)
      ) one),
      'keys', (select json_agg(one) from (
        select user_address, key_address, cap::text, spent::text, expires_at::text, unsettled::text, unsigned::text,
          reserved::text, in_flight::text
        from keys where (user_address, key_address) in (
          select u, k from unnest(of_users, of_keys) as w (u, k)
        )
      ) one),
      'series', (select json_agg(one) from (
        select user_address, key_address, model_id::text, discount_wad::text,
          delivered_units::text, delivered_list::text, delivered_paid::text,
          signed_units::text, signed_list::text, signed_paid::text,
          collected_units::text, collected_list::text, collected_paid::text,
          signature, receipts::text, head,
          (extract(epoch from signed_at) * 1000)::bigint::text as signed_at,
          (extract(epoch from opened_at) * 1000)::bigint::text as opened_at
        from series where (user_address, key_address, model_id) in (
          select u, k, m from unnest(of_users, of_keys, of_models) as w (u, k, m)
        )
      ) one),
      'reservations', (select json_agg(one) from (
        select request_id, user_address, key_address, model_id::text, amount::text
        from reservations where request_id = any(ids)
      ) one),
      'receipts', (select json_agg(one) from (
        select request_id, user_address, key_address, model_id::text, number::text, previous,
          input_tokens::text, cached_tokens::text, output_tokens::text, units::text, list::text, paid::text,
          units_sum::text, list_sum::text, paid_sum::text, request_hash, answer_hash, served_at::text
        from requests where request_id = any(ids)
      ) one)
    );
  end $$`,
  `
  create function put_books(gateway text, users text[], fresh text[], accounts json, keys json, series json, ended text[],
    made json, served json)
  returns void language plpgsql set enable_seqscan = off as $$
  declare
    changed int;
  begin
    -- In one order, as above.
    perform 1 from accounts where user_address = any(users) order by user_address for update;
    if exists (select 1 from requests where request_id = any(fresh))
        or exists (select 1 from reservations where request_id = any(fresh)) then
      raise exception 'a request has an id that another one had' using errcode = '${CHANGED}';
    end if;
    update accounts t
      set version = t.version + 1, available = r.available, block = r.block,
        checked_at = to_timestamp(r.checked_at / 1000.0), unsettled = r.unsettled, reserved = r.reserved
      from json_to_recordset(put_books.accounts) as r (
        user_address text, version bigint, available numeric, block bigint, checked_at bigint, unsettled numeric,
        reserved numeric
      )
      where t.user_address = r.user_address and t.version = r.version;
    get diagnostics changed = row_count;
    if changed < cardinality(users) then
      raise exception 'another one has changed an account' using errcode = '${CHANGED}';
    end if;

    insert into keys (user_address, key_address, cap, spent, expires_at, unsettled, unsigned, reserved, in_flight)
      select * from json_to_recordset(put_books.keys) as r (
        user_address text, key_address text, cap numeric, spent numeric, expires_at bigint, unsettled numeric,
        unsigned numeric, reserved numeric, in_flight int
      )
      on conflict (user_address, key_address) do update set
        cap = excluded.cap, spent = excluded.spent, expires_at = excluded.expires_at, unsettled = excluded.unsettled,
        unsigned = excluded.unsigned, reserved = excluded.reserved, in_flight = excluded.in_flight;

    insert into series (user_address, key_address, model_id, discount_wad, delivered_units, delivered_list, delivered_paid,
        signed_units, signed_list, signed_paid, collected_units, collected_list, collected_paid, signature, receipts, head,
        signed_at, opened_at)
      select user_address, key_address, model_id, discount_wad, delivered_units, delivered_list, delivered_paid,
        signed_units, signed_list, signed_paid, collected_units, collected_list, collected_paid, signature, receipts, head,
        to_timestamp(signed_at / 1000.0), to_timestamp(opened_at / 1000.0)
      from json_to_recordset(put_books.series) as r (
        user_address text, key_address text, model_id bigint, discount_wad numeric,
        delivered_units numeric, delivered_list numeric, delivered_paid numeric,
        signed_units numeric, signed_list numeric, signed_paid numeric,
        collected_units numeric, collected_list numeric, collected_paid numeric,
        signature text, receipts bigint, head text, signed_at bigint, opened_at bigint
      )
      on conflict (user_address, key_address, model_id) do update set
        discount_wad = excluded.discount_wad, delivered_units = excluded.delivered_units,
        delivered_list = excluded.delivered_list, delivered_paid = excluded.delivered_paid,
        signed_units = excluded.signed_units, signed_list = excluded.signed_list, signed_paid = excluded.signed_paid,
        collected_units = excluded.collected_units, collected_list = excluded.collected_list,
        collected_paid = excluded.collected_paid, signature = excluded.signature, receipts = excluded.receipts,
        head = excluded.head, signed_at = excluded.signed_at, opened_at = excluded.opened_at;

    delete from reservations where request_id = any(ended);
    get diagnostics changed = row_count;
    if changed < cardinality(ended) then
      raise exception 'another one has ended a request' using errcode = '${CHANGED}';
    end if;

    insert into reservations (request_id, gateway, user_address, key_address, model_id, amount, made_at)
      select request_id, put_books.gateway, user_address, key_address, model_id, amount, now()
      from json_to_recordset(put_books.made) as r (
        request_id text, user_address text, key_address text, model_id bigint, amount numeric
      );

    if served is null then
      return;
    end if;

    with receipts as materialized (
      select * from json_to_recordset(served) as r (
        request_id text, user_address text, key_address text, model_id bigint, number bigint, previous text,
        input_tokens bigint, cached_tokens bigint, output_tokens bigint, units numeric, list numeric, paid numeric,
        units_sum numeric, list_sum numeric, paid_sum numeric, request_hash text, answer_hash text, served_at bigint
      )
    ), kept as (
      insert into requests (request_id, user_address, key_address, model_id, number, previous, input_tokens,
          cached_tokens, output_tokens, units, list, paid, units_sum, list_sum, paid_sum, request_hash, answer_hash,
          served_at)
        select * from receipts
        on conflict (request_id) do nothing
    )
    -- What was served, by series and day (UTC).
    insert into usage_days as t (user_address, key_address, model_id, day, requests, input_tokens, cached_tokens,
        output_tokens, units, list, paid)
      select user_address, key_address, model_id, (to_timestamp(served_at) at time zone 'UTC')::date, count(*),
        sum(input_tokens), sum(cached_tokens), sum(output_tokens), sum(units), sum(list), sum(paid)
      from receipts
      group by 1, 2, 3, 4
      on conflict (day, user_address, key_address, model_id) do update set
        requests = t.requests + excluded.requests, input_tokens = t.input_tokens + excluded.input_tokens,
        cached_tokens = t.cached_tokens + excluded.cached_tokens, output_tokens = t.output_tokens + excluded.output_tokens,
        units = t.units + excluded.units, list = t.list + excluded.list, paid = t.paid + excluded.paid;
  end $$`,
];
