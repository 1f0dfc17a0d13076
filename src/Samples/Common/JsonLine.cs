using System.Text;
using System.Text.Json;

namespace FastRnn.Samples.Common;

/// <summary>The last line under <c>--json</c>.</summary>
internal static class JsonLine
{
    public static string Of(ISample sample, SampleRun run, bool reached)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("sample", sample.Name);
            json.WriteNumber("seed", run.Seed);
            json.WriteBoolean("quick", run.Quick);
            json.WriteNumber("steps", run.StepCount);
            json.WriteNumber("seconds", Math.Round(run.TrainingSeconds, 3));
            json.WriteBoolean("interrupted", run.Interrupt.IsCancellationRequested);
            json.WriteBoolean("reached", reached);
            json.WriteStartObject("figures");
            foreach (var figure in run.Figures)
            {
                if (double.IsFinite(figure.Value))
                {
                    json.WriteNumber(figure.Name, figure.Value);
                }
                else
                {
                    json.WriteNull(figure.Name);
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
