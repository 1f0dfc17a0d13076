using System.Diagnostics;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Models;

namespace FastRnn.Benchmarks.Starts;

/// <summary>How long a large model takes to be loaded (read, its checksum and every number checked), beside reading the bytes of its file
/// into new memory; in turns, from the cache of the operating system.</summary>
internal static class LoadTimes
{
    private const int Rounds = 11;

    // No more than this times reading the bytes.
    private const double Goal = 1.5;

    /// <summary>A paragraph of the page.</summary>
    /// <param name="interrupt">Ends it.</param>
    public static string Paragraph(CancellationToken interrupt)
    {
        var folder = Directory.CreateTempSubdirectory("fastrnn-load-");
        try
        {
            var path = Path.Combine(folder.FullName, "model.safetensors");
            using (var model = new Lstm_2048x2(seed: 1))
                model.Save(path);

            var (loads, reads) = (new List<double>(), new List<double>());
            for (var round = 0; round <= Rounds; round++)
            {
                interrupt.ThrowIfCancellationRequested();
                var (read, load) = (Time(() => GC.KeepAlive(File.ReadAllBytes(path))), Time(() => Lstm_2048x2.Load(path).Dispose()));
                // The first one of each is not counted.
                if (round > 0)
                {
                    reads.Add(read);
                    loads.Add(load);
                }
            }

            var ratio = Median([.. loads.Zip(reads, (load, read) => load / read)]);
            return Figures.Invariant(
                $"LSTM 2048 x 2, a file of {new FileInfo(path).Length / 1e6:0} MB: loaded in {Median(loads):0} ms, its bytes read in ")
                + Figures.Invariant($"{Median(reads):0} ms; ratio {ratio:0.00} (goal <= {Goal}: {Figures.YesNo(ratio <= Goal)}). ")
                + Figures.Invariant($"Medians of {Rounds} in turns.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Time(Action action)
    {
        // What the last one left is no part of this one's time.
        GC.Collect();
        var begin = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
