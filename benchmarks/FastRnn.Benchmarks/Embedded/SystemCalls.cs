using System.Globalization;

namespace FastRnn.Benchmarks.Embedded;

/// <summary>What the loop of steps asks the system for, as <c>strace</c> sees it.</summary>
internal static class SystemCalls
{
    private const int Steps = 100_000;

    /// <summary>Calls of the thread that steps, between the marks of the program's command <c>steps</c>; null where there is no
    /// <c>strace</c> or it may not look.</summary>
    public static int? Count(EmbeddedProgram program, CancellationToken interrupt)
    {
        var trace = Path.GetTempFileName();
        try
        {
            program.Run(["steps", Steps.ToString(CultureInfo.InvariantCulture)], interrupt, "strace", "-f", "-o", trace);
            return Between(File.ReadAllLines(trace));
        }
        catch (Exception e) when (e is IOException or System.ComponentModel.Win32Exception)
        {
            Console.WriteLine($"system calls of {program.Name}: {e.Message.Trim()}");
            return null;
        }
        finally
        {
            File.Delete(trace);
        }
    }

    /// <summary>Lines of the thread of the last marks, between them: the first pair is the warm-up's.</summary>
    internal static int? Between(IReadOnlyList<string> lines)
    {
        var (begin, end) = (Last("steps begin"), Last("steps end"));
        if (begin < 0 || end < begin)
        {
            return null;
        }

        var thread = Thread(lines[begin]);
        return lines.Take(end)
            .Skip(begin + 1).Count(line => Thread(line) == thread && !line.Contains("<... write resumed>", StringComparison.Ordinal));

        int Last(string mark)
        {
            for (var i = lines.Count - 1; i >= 0; i--)
            {
                if (lines[i].Contains($"\"{mark}", StringComparison.Ordinal))
                {
                    return i;
                }
            }

            return -1;
        }
    }

    private static string Thread(string line) => line.Split(' ', 2)[0];
}
