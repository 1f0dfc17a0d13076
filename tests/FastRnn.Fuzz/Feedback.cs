using System.Runtime.InteropServices;

using SharpFuzz;
using SharpFuzz.Common;

namespace FastRnn.Fuzz;

/// <summary>Inputs of a fuzzer that sees which code they reach: the assemblies must have been instrumented (tests/fuzz.sh).</summary>
internal static class Feedback
{
    private const int MapBytes = 1 << 16;

    /// <summary>Instrumented code notes where it is in a map. The fuzzer hands over one when it begins: until then it needs
    /// another.</summary>
    public static unsafe void Prepare() => Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(MapBytes);

    /// <summary>AFL++: the input comes on standard input.</summary>
    public static void Afl(FuzzTarget target)
    {
        using var folder = new ScratchFolder();
        var path = folder.File(target.FileName);
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using (var file = File.Create(path))
                stream.CopyTo(file);
            Check(target, path);
        });
    }

    /// <summary>libFuzzer, by the program libfuzzer-dotnet.</summary>
    public static void LibFuzzer(FuzzTarget target)
    {
        using var folder = new ScratchFolder();
        var path = folder.File(target.FileName);
        Fuzzer.LibFuzzer.Run(bytes =>
        {
            File.WriteAllBytes(path, bytes);
            Check(target, path);
        });
    }

    private static void Check(FuzzTarget target, string path)
    {
        if (target.Check(path, null).Wrong is { } wrong)
            throw new InvalidOperationException(wrong);
    }
}
