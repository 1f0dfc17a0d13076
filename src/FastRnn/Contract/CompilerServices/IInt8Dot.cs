namespace FastRnn.CompilerServices;

/// <summary>Sums of four products of int8 numbers in each lane of a vector, exact, by one kind of instruction.</summary>
/// <typeparam name="V">The vector, whose lanes' bits are integers here.</typeparam>
internal interface IInt8Dot<V>
    where V : struct
{
    /// <summary>How rounded rows are stored.</summary>
    static abstract Int8Form Form { get; }

    /// <summary>Rows of the largest tile of so many vectors, 1 to 6: sums, weights, an element and what is between them fit the
    /// registers.</summary>
    static abstract int MostRows(int vectors);

    /// <summary>Vectors of the tiles of several rows, 1 to 4. A single row always has four.</summary>
    static virtual int MostVectors => 4;

    /// <summary>Adds to each lane the four products of its bytes.</summary>
    /// <param name="sum">The sums so far.</param>
    /// <param name="x">Four elements in every lane, as <see cref="Form"/> says.</param>
    /// <param name="sign">Their signs, if these stand apart.</param>
    /// <param name="w">Weights.</param>
    static abstract V Dot(V sum, V x, V sign, V w);

    /// <summary>The lanes' integers as floats, rounded to nearest, ties to even.</summary>
    static abstract V ToSingle(V sum);
}
