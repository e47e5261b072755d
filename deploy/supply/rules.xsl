<?xml version="1.0" encoding="UTF-8"?>
<!-- known-bad.xml as rules of the enforcer plugin, one a row, so that a refusal names its advisory and what mends it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" indent="yes"/>
  <xsl:template match="/known-bad">
    <enforcer>
      <rules>
        <xsl:for-each select="artifact">
          <bannedDependencies>
            <excludes>
              <exclude><xsl:value-of select="concat(@name, ':', @bad)"/></exclude>
            </excludes>
            <message><xsl:value-of select="concat('known bad: ', @name, ' ', @bad, ': ', @advisory, '; fixed in ', @fixed)"/></message>
          </bannedDependencies>
        </xsl:for-each>
      </rules>
    </enforcer>
  </xsl:template>
</xsl:stylesheet>
