-- A bank transfer that was booked by mistake, or that the bank returned, is taken back; the right one
-- may have the same reference. A payment that was put aside is paid back beside its order's sale, and
-- one transfer of the bank may pay for both.
drop index refunds_bank_reference;
create unique index refunds_bank_reference on refunds (payment_id, bank_reference)
  where status <> 'failed';
