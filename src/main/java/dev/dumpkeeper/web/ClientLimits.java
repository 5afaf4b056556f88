package dev.dumpkeeper.web;

import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/**
 * What clients of a port can take of it before anybody knows who they are. See
 * docs/decisions/0045.
 */
final class ClientLimits {

	/** A body that stops for longer is given up. */
	private static final int BODY_PAUSE_MILLIS = 2000;

	private ClientLimits() {
	}

	/** Sets them for one port. */
	static void set(TomcatServletWebServerFactory factory) {
		factory.setProtocol(HeadLimitProtocol.class.getName());
		factory.addEngineValves(new UnreadBodyValve());
		factory.addConnectorCustomizers(ClientLimits::set);
	}

	private static void set(Connector connector) {
		connector.setProperty("disableUploadTimeout", "false");
		connector.setProperty("connectionUploadTimeout", Integer.toString(BODY_PAUSE_MILLIS));
		// Who asks before sending a body is told to go on only when somebody reads it.
		connector.setProperty("continueResponseTiming", "onRead");
	}

}
