using FastRnn.Data;

namespace FastRnn.Benchmarks.Learning;

/// <summary>The text of the reference for learning.</summary>
internal static class LearningText
{
    private const string Name = "tinyshakespeare.txt";

    // Where somebody who follows the page of the benchmarks puts it: in the checkout, or beside it.
    private static readonly string[] Places =
        [Path.Combine("data", Name), Path.Combine("..", "data", Name), Path.Combine("..", "shared", "data", Name)];

    /// <summary>Reads a text as the model sees it.</summary>
    /// <exception cref="ArgumentException">It has another number of different characters.</exception>
    public static int[] Read(string path)
    {
        var text = File.ReadAllText(path);
        var vocabulary = new CharVocabulary(text);
        var expected = CharacterModel.Info.Vocabulary;
        return vocabulary.Size == expected
            ? vocabulary.Encode(text)
            : throw new ArgumentException($"{path}: expected a text of {expected} different characters, got {vocabulary.Size}.");
    }

    /// <summary>The text, if it lies in one of its usual places around a folder.</summary>
    public static string? Find(string folder) =>
        Places.Select(place => Path.GetFullPath(Path.Combine(folder, place))).FirstOrDefault(File.Exists);
}
