package io.voldesk.gateway.lineage;

import com.fasterxml.jackson.annotation.JsonAlias;

/** What snapshots are stored of. */
enum Coin {
    @JsonAlias("btc")
    BTC,
    @JsonAlias("eth")
    ETH,
    @JsonAlias("sol")
    SOL
}
