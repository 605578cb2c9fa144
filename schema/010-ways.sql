-- Ways into lists that were walked from end to end.

CREATE INDEX statements_decided ON statements (status, article, start, id) WHERE status <> 'proposed';
CREATE INDEX statement_positions_stance ON statement_positions (stance, statement);
CREATE INDEX articles_outlet_id ON articles (outlet, id);
