namespace FastRnn.Tests.Before;

/// <summary>What an earlier version wrote is loaded, and goes on with the bits with which that version went on. The files are never
/// made anew for a later one.</summary>
public sealed class BeforeTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Before", "Files");

    public static TheoryData<string> Models => [.. BeforeRun.All.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void Files_of_an_earlier_version_go_on_with_the_same_bits(string name)
    {
        var expected = BeforeValues.Load(Path.Combine(Folder, name + ".expected.safetensors"));
        foreach (var threads in (int[])[1, 3])
            AssertNone(expected.Difference(BeforeRun.All[name].GoOn(Folder, threads)), $"{threads} threads");
    }

    /// <summary>Without the files, too: first values, and what chance draws.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void What_begins_anew_has_the_bits_of_an_earlier_version(string name)
    {
        var expected = BeforeValues.Load(Path.Combine(Folder, name + ".expected.safetensors"));
        var folder = Directory.CreateTempSubdirectory("fastrnn-test-").FullName;
        try
        {
            AssertNone(expected.Difference(BeforeRun.All[name].Make(folder, threads: 2)), "2 threads");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertNone(string difference, string what) => Assert.True(difference.Length == 0, $"{what}: {difference}");
}
