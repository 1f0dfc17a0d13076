namespace FastRnn.Tests.Before;

/// <summary>Writes the files of this folder; <c>make.sh</c> runs it with the library as it was.</summary>
internal static class BeforeMaker
{
    public static void Make(string folder)
    {
        foreach (var run in BeforeRun.All.Values)
        {
            var values = run.Make(folder, threads: 1);
            values.Save(Path.Combine(folder, $"{run.Name}.expected.safetensors"));

            // What went on without its files is what goes on from them.
            if (values.Difference(run.GoOn(folder, threads: 2)) is { Length: > 0 } difference)
                throw new InvalidOperationException($"{run.Name}: {difference}");
        }
    }
}
