namespace FastRnn.Samples.Tests.Common;

/// <summary>The folder of the samples' sources.</summary>
internal static class Sources
{
    public static readonly string Root = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "FastRnn.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("FastRnn.sln is in no folder above the tests.");
        }

        return System.IO.Path.Combine(folder.FullName, "src", "Samples");
    }
}
