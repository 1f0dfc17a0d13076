using FastRnn.Files;
using FastRnn.Fuzz.Mutation;

namespace FastRnn.Fuzz.Targets;

/// <summary>A safetensors file that the runtime reads.</summary>
internal abstract class RuntimeTarget : OwnTarget
{
    public override string FileName => "fuzzed.safetensors";

    public override byte[] Change(Random random, byte[] original) => new SafeTensorsMutator(random).Change(original);

    protected override bool IsRefusal(Exception e) => e is ModelFileException;

    public override long Letters(byte[] file) => SafeTensorsParts.Letters(file);

    /// <summary>The file that something writes, and the same without a checksum and without the spaces at the header's end.</summary>
    protected IEnumerable<FuzzSeed> Both(Action<string> save)
    {
        var file = Written(FileName, save);
        yield return new FuzzSeed(FileName, file);
        yield return new FuzzSeed(FileName, SafeTensorsMutator.WithoutChecksum(file));
    }

    /// <summary>The bytes of a file that something writes.</summary>
    public static byte[] Written(string name, Action<string> save)
    {
        var folder = Directory.CreateTempSubdirectory("fastrnn-fuzz-");
        try
        {
            var path = Path.Combine(folder.FullName, name);
            save(path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
