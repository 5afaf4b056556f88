{{/* Names: 63 characters at most, with an object's own ending. */}}
{{- define "dumpkeeper.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* A Service's name has no dot and begins with a letter, which Helm does not ask of a release. */}}
{{- define "dumpkeeper.wholeName" -}}
{{- $release := .Release.Name | replace "." "-" -}}
{{- $name := include "dumpkeeper.name" . -}}
{{- $whole := default (ternary $release (printf "%s-%s" $release $name) (contains $name $release)) .Values.fullnameOverride -}}
{{- if not (regexMatch "^[a-z]" $whole) -}}
{{- fail (printf "%s: a Service's name begins with a letter; set fullnameOverride" $whole) -}}
{{- end -}}
{{- $whole -}}
{{- end -}}

{{- define "dumpkeeper.fullname" -}}
{{- include "dumpkeeper.wholeName" . | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The name with an ending, cut before it: (list . "-out") */}}
{{- define "dumpkeeper.named" -}}
{{- $ending := index . 1 -}}
{{- printf "%s%s" (include "dumpkeeper.wholeName" (index . 0) | trunc (int (sub 63 (len $ending))) | trimSuffix "-") $ending -}}
{{- end -}}

{{/* Kubernetes adds 11 characters to the name of each Job. */}}
{{- define "dumpkeeper.cronjobName" -}}
{{- include "dumpkeeper.wholeName" . | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "dumpkeeper.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "dumpkeeper.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "dumpkeeper.selectorLabels" -}}
app.kubernetes.io/name: {{ include "dumpkeeper.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{/* Labels of an object, or of a pod with further ones: (dict "root" . "component" "service" "more" .Values.podLabels) */}}
{{- define "dumpkeeper.labels" -}}
{{- $own := include "dumpkeeper.selectorLabels" .root | fromYaml -}}
{{- $_ := set $own "app.kubernetes.io/part-of" "dumpkeeper" -}}
{{- $_ := set $own "app.kubernetes.io/managed-by" .root.Release.Service -}}
{{- $_ := set $own "app.kubernetes.io/version" (.root.Chart.AppVersion | toString) -}}
{{- $_ := set $own "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") -}}
{{- with .component }}{{ $_ := set $own "app.kubernetes.io/component" . }}{{ end -}}
{{- merge $own (default dict .more) .root.Values.commonLabels | toYaml -}}
{{- end -}}

{{/* Of an object: (list . NAME COMPONENT [NAMESPACE] [LABELS] [ANNOTATIONS]) */}}
{{- define "dumpkeeper.metadata" -}}
{{- $root := index . 0 -}}
{{- $parts := concat . (list "" "" "" "" "") -}}
name: {{ index . 1 | quote }}
namespace: {{ default $root.Release.Namespace (index $parts 3) | quote }}
labels:
  {{- include "dumpkeeper.labels" (dict "root" $root "component" (index . 2) "more" (default dict (index $parts 4))) | nindent 2 }}
{{- with merge (dict) (default dict (index $parts 5)) $root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* "true" or nothing. After `helm upgrade --reuse-values` from a chart without these values there are none. */}}
{{- define "dumpkeeper.autoscaled" -}}
{{- if and (ne .Values.mode "cronjob") (.Values.autoscaling).enabled -}}true{{- end -}}
{{- end -}}

{{/* How many replicas there are at least. */}}
{{- define "dumpkeeper.replicas" -}}
{{- if include "dumpkeeper.autoscaled" . }}{{ int .Values.autoscaling.minReplicas }}{{ else }}{{ int .Values.service.replicas }}{{ end -}}
{{- end -}}

{{- define "dumpkeeper.image" -}}
{{- if not .Values.image.repository -}}
{{- fail "image.repository: set it to where you pushed the image to; no public image exists yet" -}}
{{- end -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* A scalar as a property's text: large numbers without an exponent. */}}
{{- define "dumpkeeper.text" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}{{ printf "%.0f" . }}{{- else -}}{{ toString . }}{{- end -}}
{{- end -}}

{{/* Nested maps as a list of [name, text]; for each a line of JSON, which is YAML. */}}
{{- define "dumpkeeper.flat" -}}
{{- $prefix := .prefix -}}
{{- range $key, $value := .value -}}
{{- $name := printf "%s%s" $prefix $key -}}
{{- if kindIs "map" $value }}
{{- include "dumpkeeper.flat" (dict "prefix" (printf "%s." $name) "value" $value) }}
{{- else if kindIs "slice" $value }}
{{- $texts := list -}}
{{- range $value -}}
{{- $text := include "dumpkeeper.text" . -}}
{{- if contains "," $text }}{{ fail (printf "config.%s: a comma within an element of a list: write the list as one text" $name) }}{{ end -}}
{{- $texts = append $texts $text -}}
{{- end }}
- {{ list $name (join "," $texts) | toJson }}
{{- else if not (kindIs "invalid" $value) }}
- {{ list $name (include "dumpkeeper.text" $value) | toJson }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The properties that `console` has values for. After `helm upgrade --reuse-values` from a chart without it there are none. */}}
{{- define "dumpkeeper.console" -}}
{{- $oidc := (.Values.console).oidc | default dict -}}
{{- $own := dict -}}
{{- with (.Values.console).analyzerUrl }}{{ $_ := set $own "analyzer-url" . }}{{ end -}}
{{- if $oidc.issuer -}}
{{- if eq .Values.mode "cronjob" }}{{ fail "console.oidc.issuer: there is no console without the service; set mode to service or both" }}{{ end -}}
{{- if not $oidc.clientId }}{{ fail "console.oidc.clientId: set it to the name of the client that is registered at the issuer" }}{{ end -}}
{{- if not (or $oidc.operators $oidc.viewers) }}{{ fail "console.oidc.operators: name a group here or in viewers; nobody could sign in" }}{{ end -}}
{{- $_ := set $own "oidc" (dict "issuer" $oidc.issuer "client-id" $oidc.clientId "roles-claim" $oidc.rolesClaim "name-claim" $oidc.nameClaim) -}}
{{- with $oidc.operators }}{{ $_ := set $own.oidc "operators" . }}{{ end -}}
{{- with $oidc.viewers }}{{ $_ := set $own.oidc "viewers" . }}{{ end -}}
{{- end -}}
{{- toYaml $own -}}
{{- end -}}

{{/* What the ConfigMap holds. */}}
{{- define "dumpkeeper.properties" -}}
{{- $properties := dict -}}
{{- $own := include "dumpkeeper.console" . | fromYaml -}}
{{- range concat (include "dumpkeeper.flat" (dict "prefix" "" "value" .Values.config) | fromYamlArray) (include "dumpkeeper.flat" (dict "prefix" "dumpkeeper.console." "value" $own) | fromYamlArray) -}}
{{- $name := index . 0 -}}
{{- $plain := $name | lower | replace "-" "" | replace "_" "" -}}
{{- if hasKey $properties $name }}{{ fail (printf "config.%s is set twice, nested and with dots, or as a value of its own" $name) }}{{ end -}}
{{- if regexMatch "(password|accesskey|secretkey|clientsecret|webhookurl|hook\\.token|heartbeat\\.url)$" $plain -}}
{{- fail (printf "config.%s is a secret: put it into the Secret that existingSecret names, and take it out of the values" $name) -}}
{{- end -}}
{{- $_ := set $properties $name (index . 1) -}}
{{- end -}}
{{- if not (hasKey $properties "dumpkeeper.schedule.zone") }}{{ $_ := set $properties "dumpkeeper.schedule.zone" .Values.timeZone }}{{ end -}}
{{- if and (eq .Values.mode "both") (not (hasKey $properties "dumpkeeper.schedule.maintenance")) -}}
{{- $_ := set $properties "dumpkeeper.schedule.maintenance" "-" -}}
{{- end -}}
{{- toYaml $properties -}}
{{- end -}}

{{/* A pod: (dict "root" . "component" "cronjob" "resources" .Values.cronjob.resources "args" (list ...)) */}}
{{- define "dumpkeeper.podSpec" -}}
{{- $root := .root -}}
{{- $values := .root.Values -}}
{{- $service := eq .component "service" -}}
{{- $users := and $service $values.service.usersSecret -}}
{{- if not $values.existingSecret -}}
{{- fail "existingSecret: set it to the name of a Secret with the gateway's keys and the database's user; see README.md of the chart" -}}
{{- end -}}
serviceAccountName: {{ include "dumpkeeper.serviceAccountName" $root | quote }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with $values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ quote . }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if not $service }}
restartPolicy: Never
{{- end }}
# SIGTERM drains within 10 s; before that a replica gets no traffic any more for 5 s.
terminationGracePeriodSeconds: 30
securityContext:
  {{- toYaml $values.podSecurityContext | nindent 2 }}
containers:
  # podFailurePolicy knows it by this name.
  - name: dumpkeeper
    image: {{ include "dumpkeeper.image" $root | quote }}
    {{- with $values.image.pullPolicy }}
    imagePullPolicy: {{ . }}
    {{- end }}
    {{- with .args }}
    args: {{ toJson . }}
    {{- end }}
    env:
      - name: TZ
        value: {{ $values.timeZone | quote }}
      {{- if and $service $values.service.logFormat }}
      - name: LOGGING_STRUCTURED_FORMAT_CONSOLE
        value: {{ $values.service.logFormat | quote }}
      {{- end }}
      {{- if $users }}
      - name: DUMPKEEPER_SECURITY_USERSFILE
        value: /etc/dumpkeeper-users/users
      {{- end }}
      {{- with $values.extraEnv }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- if $service }}
    ports:
      - {name: http, containerPort: 8080}
      - {name: management, containerPort: 8081}
    startupProbe:
      httpGet: {path: /actuator/health/liveness, port: management}
      periodSeconds: 2
      failureThreshold: 60
    livenessProbe:
      httpGet: {path: /actuator/health/liveness, port: management}
      periodSeconds: 10
      timeoutSeconds: 3
      failureThreshold: 6
    readinessProbe:
      httpGet: {path: /actuator/health/readiness, port: management}
      periodSeconds: 5
      timeoutSeconds: 3
      failureThreshold: 3
    lifecycle:
      preStop:
        sleep: {seconds: 5}
    {{- end }}
    resources:
      {{- toYaml .resources | nindent 6 }}
    securityContext:
      {{- toYaml $values.securityContext | nindent 6 }}
    volumeMounts:
      - {name: config, mountPath: /etc/dumpkeeper, readOnly: true}
      {{- if $users }}
      - {name: users, mountPath: /etc/dumpkeeper-users, readOnly: true}
      {{- end }}
      - {name: tmp, mountPath: /tmp}
      - {name: scratch, mountPath: /scratch}
      {{- with $values.extraVolumeMounts }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
volumes:
  # Together one directory, a property a file (Spring's configtree).
  - name: config
    projected:
      defaultMode: 0440
      sources:
        - configMap:
            name: {{ include "dumpkeeper.fullname" $root | quote }}
        - secret:
            name: {{ $values.existingSecret | quote }}
        {{- if and $service (($values.console).oidc).issuer $values.console.oidc.clientSecret.name }}
        - secret:
            name: {{ $values.console.oidc.clientSecret.name | quote }}
            items:
              - {key: {{ $values.console.oidc.clientSecret.key | quote }}, path: dumpkeeper.console.oidc.client-secret}
        {{- end }}
  {{- if $users }}
  - name: users
    secret:
      secretName: {{ $values.service.usersSecret | quote }}
      defaultMode: 0440
  {{- end }}
  - name: tmp
    emptyDir: {sizeLimit: 64Mi}
  - name: scratch
    emptyDir: {sizeLimit: {{ $values.scratchSizeLimit | quote }}}
  {{- with $values.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
