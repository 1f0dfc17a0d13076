using FastRnn.Benchmarks.Machine;

namespace FastRnn.Benchmarks.Results;

/// <summary>Where results are kept: a folder for each kind of processor.</summary>
internal static class ResultsFolder
{
    /// <summary>The checkout in which this program was built, or else the folder in which it runs.</summary>
    public static string Checkout { get; } = FindCheckout();

    /// <summary>Creates the folder for a processor.</summary>
    /// <param name="root">Where all results go; null is <c>benchmarks/results</c> of the checkout.</param>
    /// <param name="cpu">The processor.</param>
    /// <param name="isWhole">Whether the run measures everything, and properly: only such results are kept, others go to a folder that git
    /// ignores.</param>
    public static string Create(string? root, CpuInfo cpu, bool isWhole)
    {
        var folder = Path.Combine(root ?? Path.Combine(Checkout, "benchmarks", "results"), cpu.Folder, isWhole ? "" : "looks");
        Directory.CreateDirectory(folder);
        return folder;
    }

    private static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FastRnn.sln")))
            {
                return folder.FullName;
            }
        }

        return Environment.CurrentDirectory;
    }
}
