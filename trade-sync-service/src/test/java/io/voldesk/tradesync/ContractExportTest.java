package io.voldesk.tradesync;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** All of {@link ContractTest}, on the other shape of the feed. */
@QuarkusTest
@TestProfile(ExportFeed.class)
class ContractExportTest extends ContractTest {}
