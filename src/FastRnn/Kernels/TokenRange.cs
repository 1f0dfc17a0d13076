namespace FastRnn.Kernels;

/// <summary>The check of tokens at the public door: behind it they are offsets into memory.</summary>
internal static class TokenRange
{
    /// <summary>Checks that every token is from 0 to <paramref name="vocabulary"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not; the message says where.</exception>
    public static void ThrowIfOutside(ReadOnlySpan<int> tokens, int vocabulary, string parameter)
    {
        var index = tokens.IndexOfAnyExceptInRange(0, vocabulary - 1);
        if (index >= 0)
            throw new ArgumentOutOfRangeException(parameter, tokens[index], $"Token {index} must be from 0 to {vocabulary - 1}.");
    }
}
