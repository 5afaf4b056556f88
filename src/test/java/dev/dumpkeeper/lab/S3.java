package dev.dumpkeeper.lab;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import okhttp3.OkHttpClient;

/**
 * The plain S3 client that the laboratory tries its own gateways with.
 */
final class S3 {

	private S3() {
	}

	/**
	 * A client that neither waits long nor tries twice.
	 * @param endpoint the gateway, or a proxy before it
	 * @return the client
	 */
	static MinioClient client(URI endpoint) {
		OkHttpClient http = new OkHttpClient.Builder().callTimeout(Duration.ofSeconds(60))
			.readTimeout(Duration.ofSeconds(60))
			.retryOnConnectionFailure(false)
			.build();
		return MinioClient.builder()
			.endpoint(endpoint.toString())
			.region("us-east-1")
			.credentials(TestGateway.ACCESS_KEY, TestGateway.SECRET_KEY)
			.httpClient(http)
			.build();
	}

	static List<String> keys(MinioClient client, String bucket) throws MinioException {
		List<String> keys = new ArrayList<>();
		for (Result<Item> item : client
			.listObjects(ListObjectsArgs.builder().bucket(bucket).recursive(true).useUrlEncodingType(true).build())) {
			keys.add(item.get().objectName());
		}
		return keys;
	}

}
