namespace NacrithOnnx.Format;

/// <summary>What a frame body lies in, which decides what its tag may hold.</summary>
public enum BodyContainer
{
    /// <summary>A message. Nothing outside the body tells how long the content is.</summary>
    Message,

    /// <summary>A small archive.</summary>
    SmallArchive,

    /// <summary>A data frame of a large archive, whose header names profile and dictionary.</summary>
    DataFrame,
}
