using System.Diagnostics;
using System.Runtime.Intrinsics.X86;

using FastRnn.Benchmarks.Peers.Workers;

namespace FastRnn.Benchmarks.Peers.PyTorch;

/// <summary>What PyTorch needs to run at its best.</summary>
/// <remarks>Debian's PyTorch multiplies with whatever BLAS is installed. The reference BLAS is an order of magnitude slower than OpenBLAS
/// and is refused. OpenBLAS and oneDNN choose well by themselves, PyTorch chooses AVX2 for its own loops. An <c>OPENBLAS_CORETYPE</c> of
/// the surroundings is often there to make results equal on all machines, and would cost half of the speed: only
/// <c>FASTRNN_OPENBLAS_CORETYPE</c> is passed on. Where AVX-512 is switched off for FastRnn, it is for PyTorch.</remarks>
internal static class PyTorchSettings
{
    private const string OpenMpBlas = "/usr/lib/x86_64-linux-gnu/openblas-openmp";

    /// <summary>Prepares the worker's environment.</summary>
    /// <param name="start">How it will be started.</param>
    /// <param name="home">Where it runs.</param>
    /// <param name="keepsPages">Whether freed memory stays with the process.</param>
    public static void Apply(ProcessStartInfo start, PeerHome home, bool keepsPages)
    {
        var avx512 = Avx512F.IsSupported;
        start.Environment["OPENBLAS_CORETYPE"] =
            start.Environment.TryGetValue("FASTRNN_OPENBLAS_CORETYPE", out var chosen) && chosen is { Length: > 0 } ? chosen
            : !avx512 && Avx2.IsSupported ? "Haswell"
            : null;
        Default(start, "ATEN_CPU_CAPABILITY", avx512 ? "avx512" : null);
        Default(start, "ONEDNN_MAX_CPU_ISA", !avx512 && Avx2.IsSupported ? "AVX2" : null);

        // The variant on OpenMP shares PyTorch's threads; that on pthreads has its own and fights with them.
        Default(start, "LD_LIBRARY_PATH", home.IsFolder || Directory.Exists(OpenMpBlas) ? OpenMpBlas : null);

        // A buffer size that suits an older OpenBLAS of the surroundings.
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        if (keepsPages)
        {
            foreach (var name in (ReadOnlySpan<string>)["MALLOC_TOP_PAD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"])
            {
                start.Environment[name] = "1000000000";
            }
        }
    }

    /// <summary>The version with its BLAS.</summary>
    /// <exception cref="PeerException">The BLAS is the reference one.</exception>
    public static string Describe(WorkerAnswer hello)
    {
        var blas = hello.Blas ?? [];

        // Debian's OpenBLAS has a libblas.so of its own, in front of the library that multiplies.
        if (blas.Count > 0 && blas.All(file => file.StartsWith("libblas.so", StringComparison.Ordinal)))
        {
            throw new PeerException(
                $"PyTorch {hello.Version} multiplies with the reference BLAS ({string.Join(", ", blas)}), "
                    + $"more than ten times slower than with OpenBLAS (Debian: libopenblas0-openmp)");
        }

        blas = [.. blas.Where(file => !file.StartsWith("libblas.so", StringComparison.Ordinal))];
        return blas.Count == 0 ? hello.Version! : $"{hello.Version} ({string.Join(", ", blas)})";
    }

    private static void Default(ProcessStartInfo start, string name, string? value)
    {
        if (value is not null && !start.Environment.ContainsKey(name))
        {
            start.Environment[name] = value;
        }
    }
}
