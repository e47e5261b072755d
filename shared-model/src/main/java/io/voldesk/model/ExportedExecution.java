package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * One line of the execution export: the current version of an execution and the sequence number of its last change.
 *
 * @param changeSeq rises with every change in the cache; the export is read from one number on
 * @param side +1 buy, −1 sell
 * @param price average fill, USD per share
 * @param quantity contracts, positive
 * @param multiplier shares per contract
 * @param feesUsd null where unknown
 * @param executedAt null on a pending execution
 * @param positionEffect {@code open} or {@code close} where the source says it, else null
 * @param identity how surely it is known what the contract is; marks of one that is not authoritative are estimates
 * @param deliverable what one contract delivers as an operator approved it, else null
 * @param currency of the price; fees and premium are USD all the same
 * @param premiumUsd the source's where it gave one, else quantity × price × multiplier; unsigned
 * @param providerRoot the root under which market data has the contract, see {@link ContractIdentity#providerRoot}; null where it
 *     can be looked up under none. What is looked up is this root with the expiry, right and strike of {@code symbol}. An approval
 *     that changes it gives the execution a new {@code changeSeq}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExportedExecution(
        long changeSeq,
        String source,
        String sourceTradeId,
        int version,
        String portfolio,
        String status,
        String symbol,
        String underlying,
        int side,
        BigDecimal quantity,
        BigDecimal price,
        int multiplier,
        BigDecimal feesUsd,
        Instant executedAt,
        String positionEffect,
        ContractIdentity.Status identity,
        String deliverable,
        String currency,
        BigDecimal premiumUsd,
        String providerRoot) {}
