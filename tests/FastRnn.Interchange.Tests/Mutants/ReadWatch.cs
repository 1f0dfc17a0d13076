namespace FastRnn.Interchange.Tests.Mutants;

/// <summary>Notices which files of a folder are read. Linux alone tells.</summary>
internal sealed class ReadWatch : IDisposable
{
    private const string Last = "last";

    private readonly FileSystemWatcher watcher;
    private readonly string last;
    private readonly HashSet<string> names = [];
    private readonly ManualResetEventSlim isDone = new();

    /// <summary>Begins.</summary>
    public ReadWatch(string folder)
    {
        last = Path.Combine(folder, Last);
        File.WriteAllText(last, "the last one");
        watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.LastAccess };
        watcher.Changed += (_, e) =>
        {
            if (e.Name == Last)
                isDone.Set();
            else
                names.Add(e.Name!);
        };
        watcher.EnableRaisingEvents = true;
    }

    /// <summary>The names of those that were read. They are told in the order of reading, so one more is read, and waited for.</summary>
    public IReadOnlyCollection<string> Finish()
    {
        File.ReadAllText(last);
        Assert.True(isDone.Wait(TimeSpan.FromMinutes(5)), "the system does not tell which files are read");
        return names;
    }

    public void Dispose()
    {
        watcher.Dispose();
        isDone.Dispose();
    }
}
