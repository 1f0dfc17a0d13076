using FastRnn.Cli.Folders;
using FastRnn.Interchange.Tests.Mutants;

namespace FastRnn.Fuzz.Mutation;

/// <summary>Changes a JSON file of the command line's folders: behind its hash, which is made right again, or as it is.</summary>
internal static class SealedMutator
{
    public static byte[] Change(Random random, byte[] original)
    {
        if (random.Next(4) == 0)
            return new TextMutator(random).Change(original);
        var json = SealedText.Content(original);
        var changed = random.Next(3) == 0 ? new TextMutator(random).Change(json) : new HeaderMutator(random).Change(json);
        // A file without a hash is read as well.
        return random.Next(4) == 0 || changed.Length == 0 ? changed : SealedText.Seal(changed);
    }
}
