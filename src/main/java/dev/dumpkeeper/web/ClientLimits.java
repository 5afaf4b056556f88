package dev.dumpkeeper.web;

import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/**
 * Limits what unauthenticated clients of a port can use. See docs/decisions/0045.
 */
final class ClientLimits {

	/** A body that pauses for longer is abandoned. */
	private static final int BODY_PAUSE_MILLIS = 2000;

	private ClientLimits() {
	}

	static void set(TomcatServletWebServerFactory factory) {
		factory.setProtocol(HeadLimitProtocol.class.getName());
		factory.addEngineValves(new UnreadBodyValve());
		factory.addConnectorCustomizers(ClientLimits::set);
	}

	private static void set(Connector connector) {
		connector.setProperty("disableUploadTimeout", "false");
		connector.setProperty("connectionUploadTimeout", Integer.toString(BODY_PAUSE_MILLIS));
		// The interim answer to "Expect: 100-continue" is sent only when the body is
		// read.
		connector.setProperty("continueResponseTiming", "onRead");
	}

}
