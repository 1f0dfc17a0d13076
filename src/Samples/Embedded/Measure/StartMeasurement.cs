using System.Globalization;

namespace FastRnn.Embedded.Measure;

/// <summary><c>start</c>: who started the process stops the clock at its first line.</summary>
internal static class StartMeasurement
{
    public static void Run(TextWriter output, Findings findings)
    {
        using (var session = new KeywordSpotter().CreateSession(new() { Threads = 1 }))
        {
            Span<float> logits = stackalloc float[12];
            session.Step(stackalloc float[40], logits);
            output.WriteLine(logits[0].ToString("R", CultureInfo.InvariantCulture));
            output.Flush();
        }

        findings.Add("peak_memory_bytes", Status("VmHWM:"));
        findings.Add("working_set_bytes", Status("VmRSS:"));
    }

    /// <summary>A line of the kernel's account of this process, in bytes; NaN where there is none.</summary>
    private static double Status(string name)
    {
        if (!File.Exists("/proc/self/status"))
        {
            return double.NaN;
        }

        foreach (var line in File.ReadAllLines("/proc/self/status"))
        {
            if (line.StartsWith(name, StringComparison.Ordinal))
            {
                return 1024 * double.Parse(line.AsSpan(name.Length).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
            }
        }

        return double.NaN;
    }
}
