package dev.dumpkeeper.ledger;

/**
 * {@link FakedNewestTests} on a database server.
 */
class FakedNewestOnServerIntegrationTests extends FakedNewestTests {

	@Override
	LedgerDatabase database() {
		return LedgerDatabase.server();
	}

}
