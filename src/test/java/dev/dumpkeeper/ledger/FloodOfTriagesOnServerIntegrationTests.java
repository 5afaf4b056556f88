package dev.dumpkeeper.ledger;

/**
 * {@link FloodOfTriagesTests} on a database server.
 */
class FloodOfTriagesOnServerIntegrationTests extends FloodOfTriagesTests {

	@Override
	LedgerDatabase database() {
		return LedgerDatabase.server();
	}

}
