using FastRnn.Data;

namespace FastRnn.Tests.Data;

/// <summary>Labels and one-hot vectors (rows 28 and 29).</summary>
public sealed class LabelVocabularyTests
{
    [Fact]
    public void Labels_have_the_numbers_of_their_order_or_of_the_alphabet()
    {
        var given = new LabelVocabulary(["hamster", "cat", "dog"]);
        Assert.Equal([2, 0, 1], given.Encode(["dog", "hamster", "cat"]));
        Assert.Equal(["dog", "hamster"], given.Decode([2, 0]));
        Assert.Equal(["cat", "dog", "hamster"], LabelVocabulary.Collect(["dog", "cat", "dog", "hamster", "cat"]).Labels);
    }

    /// <summary>The fault of numbers, and the remedy.</summary>
    [Fact]
    public void As_numbers_the_average_of_cat_and_hamster_is_dog_as_vectors_it_is_none_of_them()
    {
        var labels = LabelVocabulary.Collect(["cat", "dog", "hamster"]);
        Assert.Equal(labels.Encode("dog"), (labels.Encode("cat") + labels.Encode("hamster")) / 2);

        var vectors = OneHotEncoding.Encode(labels.Encode(["cat", "dog", "hamster"]), labels.Size);
        var (cat, dog, hamster) = (vectors[..3], vectors[3..6], vectors[6..]);
        Assert.Equal([0.5f, 0, 0.5f], cat.Zip(hamster, (a, b) => (a + b) / 2));
        Assert.Equal(Distance(cat, dog), Distance(cat, hamster));
        Assert.Equal(Distance(cat, dog), Distance(dog, hamster));

        static float Distance(float[] a, float[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
    }

    [Fact]
    public void Bad_labels_are_refused_with_their_place()
    {
        Assert.Throws<ArgumentException>(() => new LabelVocabulary([]));
        Assert.Contains(
            "Label 1 is empty", Assert.Throws<ArgumentException>(() => new LabelVocabulary(["a", ""])).Message, StringComparison.Ordinal);
        Assert.Contains("Labels 0 and 2 are both 'a'", Assert.Throws<ArgumentException>(() => new LabelVocabulary(["a", "b", "a"])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new LabelVocabulary(["\ud83d"]));
        var labels = new LabelVocabulary(["a", "b"]);
        Assert.Contains("Position 1: 'c' is none of the vocabulary's 2 labels",
            Assert.Throws<ArgumentException>(() => labels.Encode(["a", "c"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => labels.Encode("A"));
        Assert.Throws<ArgumentOutOfRangeException>(() => labels.Decode([2]));
    }

    [Fact]
    public void A_one_hot_vector_is_decoded_to_its_label()
    {
        int[] labels = [2, 0, 1, 2];
        var vectors = OneHotEncoding.Encode(labels, 3);
        Assert.Equal([0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1], vectors);
        Assert.Equal(labels, OneHotEncoding.Decode(vectors, 3));
        Assert.Equal([1, 0], OneHotEncoding.Decode([-3, 0.5f, 7, 7], 2));

        vectors.AsSpan().Fill(9);
        OneHotEncoding.Encode(labels, 3, vectors);
        Assert.Equal(OneHotEncoding.Encode(labels, 3), vectors);
    }

    [Fact]
    public void Bad_one_hot_sizes_and_labels_are_refused()
    {
        Assert.Contains("Position 1", Assert.Throws<ArgumentOutOfRangeException>(() => OneHotEncoding.Encode([0, 3], 3)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => OneHotEncoding.Encode([-1], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => OneHotEncoding.Encode([], 0));
        Assert.Throws<ArgumentException>(() => OneHotEncoding.Encode([0], 3, new float[4]));
        Assert.Throws<ArgumentException>(() => OneHotEncoding.Decode(new float[4], 3));
        Assert.Throws<ArgumentException>(() => OneHotEncoding.Decode([0, float.NaN], 2));
    }
}
