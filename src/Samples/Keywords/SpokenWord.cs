namespace FastRnn.Samples.Keywords;

/// <summary>A word in a sound: its class and its samples, from the first that is heard to behind the last.</summary>
internal readonly record struct SpokenWord(int Class, int Begin, int End);
