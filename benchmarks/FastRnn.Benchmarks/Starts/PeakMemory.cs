using System.Globalization;

namespace FastRnn.Benchmarks.Starts;

/// <summary>The most memory that this process ever had resident.</summary>
internal static class PeakMemory
{
    /// <summary>In KiB, as Linux counts it; 0 elsewhere.</summary>
    public static long Kilobytes()
    {
        const string status = "/proc/self/status";
        var line = File.Exists(status)
            ? File.ReadLines(status).FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal))
            : null;
        return line is null ? 0 : long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
