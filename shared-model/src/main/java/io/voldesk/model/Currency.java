package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.Arrays;
import java.util.List;

/** The currencies whose markets are captured. The vendor names the coin of linear options by their quotation. */
public enum Currency {
    @JsonAlias("btc")
    BTC,
    @JsonAlias("eth")
    ETH,
    @JsonAlias({"sol", "SOL_USDC", "sol_usdc"})
    SOL;

    /** What is meant where none is named. */
    public static final String USUAL = "BTC";

    /** All of them, as they are stored. */
    public static final List<String> CODES =
            Arrays.stream(values()).map(Enum::name).toList();
}
