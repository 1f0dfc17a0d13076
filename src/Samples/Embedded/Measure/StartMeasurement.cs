using System.Globalization;

using FastRnn.Inference;

namespace FastRnn.Embedded.Measure;

/// <summary><c>start</c> and <c>start-int8</c>: who started the process stops the clock at its first line.</summary>
internal static class StartMeasurement
{
    /// <summary>The first prediction, then the memory of the process.</summary>
    /// <param name="isInt8">Whether weights are int8, in the program and in the session.</param>
    /// <param name="output">Receives a number.</param>
    /// <param name="findings">Receive the memory.</param>
    public static void Run(bool isInt8, TextWriter output, Findings findings)
    {
        if (isInt8)
        {
            First(new SmallKeywordSpotter(), WeightFormat.Int8, output);
            findings.Add("int8_peak_memory_bytes", Status("VmHWM:"));
            findings.Add("int8_own_memory_bytes", Status("RssAnon:"));
            return;
        }

        First(new KeywordSpotter(), WeightFormat.Float32, output);
        findings.Add("peak_memory_bytes", Status("VmHWM:"));
        findings.Add("working_set_bytes", Status("VmRSS:"));
        findings.Add("own_memory_bytes", Status("RssAnon:"));
    }

    private static void First<TModel>(TModel model, WeightFormat weights, TextWriter output)
        where TModel : class, IModel<TModel>
    {
        using (var session = new Session<TModel>(model, new() { Threads = 1, Weights = weights }))
        {
            Span<float> logits = stackalloc float[12];
            session.Step(stackalloc float[40], logits);
            output.WriteLine(logits[0].ToString("R", CultureInfo.InvariantCulture));
            output.Flush();
        }
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
